/** Where the parts of an engine stand, below the root of the repository: folders of its own, and single files. */
export const PLACES: readonly string[] = [
  'lib/engines/NAME',
  'examples/NAME.ts',
  'test/engines/NAME',
  'test/refusals/NAME.ts',
  'test/scripts/NAME',
  'test/cluster/engines/NAME.test.ts',
  'test/cluster/engines/clients/NAME.sh',
];

/** The places of one engine. */
export function placesOf(name: string): string[] {
  return PLACES.map(place => place.replace('NAME', name));
}

/** What stands for a fact that nobody has filled in yet. The contract suite lists every line that has it. */
export const TO_DO = /\bTODO\b/;
