import { Size } from 'cdk8s';
import { Cpu, OpenSearch, OpenSearchSecurity } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: OpenSearch.v3({ security: OpenSearchSecurity.disabled({ iAcceptNoAuthentication: true }) }),
  image: imageOf('opensearch', 'docker.io/opensearchproject/opensearch:3.8'),
  process: 'java',
  version: ['bash', '-c', 'for file in /usr/share/opensearch/lib/opensearch-[0-9]*.jar; do echo "${file##*/}"; done'],
  durability: 'every acknowledged document is there: its translog was on the disk before',
  cleanStop: /\] closed\n?$/,
  exitCodes: [143],
  // A JVM that begins takes all the processor it gets; with less it needs longer than a round to be warm.
  props: { resources: { memory: Size.gibibytes(1), cpu: Cpu.units(1) } },
  noPasswordBecause: 'the image at hand has no security plugin, and the engine was told so',
});
