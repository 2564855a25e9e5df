import { Problem, quote } from '../../core/problems';

/** What only Kafka has. */
export interface KafkaOptions {
  /**
   * The id of the cluster: 22 characters, as `kafka-storage.sh random-uuid` prints them. Keep it with the code.
   *
   * It is written to the volume when the database is made, and a server with another id refuses that volume: data and
   * manifests that do not belong together never start.
   */
  readonly clusterId: string;
}

/** The id that the official image gives to everybody who names none. */
const OF_THE_IMAGE = '5L6g3nShT-eMCtK--X86sw';

/** An id is 16 bytes in base64url. With "-" at its beginning, Kafka's own tools take it for an option. */
export function checkOptions(options: KafkaOptions): Problem[] {
  const { clusterId } = options;
  const path = 'engine.clusterId';
  const remedy = '`kafka-storage.sh random-uuid` prints one';
  if (!/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/.test(clusterId)) {
    return [{ path, got: quote(clusterId), want: '22 letters, digits, "_" and "-", not beginning with "-"', remedy }];
  }
  return clusterId === OF_THE_IMAGE ? [{ path, got: quote(clusterId), want: 'an id of its own: this is the constant of the image', remedy }] : [];
}
