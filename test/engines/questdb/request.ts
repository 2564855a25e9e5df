import { Duration, Size } from 'cdk8s';
import type { MemberRequest } from '../../../lib';

/** What `SingleInstanceDb` asks of QuestDB when the user says nothing but the size. */
export const REQUEST: MemberRequest = {
  name: 'orders',
  memory: Size.gibibytes(2),
  cores: 1,
  dataSize: Size.gibibytes(50),
  tls: false,
  tlsRequired: false,
  settings: {},
  startupTimeout: Duration.hours(1),
  dataMustExist: false,
};
