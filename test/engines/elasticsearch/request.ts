import { Duration, Size } from 'cdk8s';
import type { MemberRequest } from '../../../lib';

/** What `SingleInstanceDb` asks of a search server when the user says nothing but the size. */
export const REQUEST: MemberRequest = {
  name: 'products',
  memory: Size.gibibytes(4),
  cores: 1,
  dataSize: Size.gibibytes(50),
  tls: false,
  tlsRequired: false,
  settings: {},
  startupTimeout: Duration.minutes(15),
  dataMustExist: false,
};
