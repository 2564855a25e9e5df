import { Duration, Size } from 'cdk8s';
import type { MemberRequest } from '../../../lib';

/** What `SingleInstanceDb` asks of ZooKeeper when the user says nothing but the size. */
export const REQUEST: MemberRequest = {
  name: 'orders',
  memory: Size.gibibytes(1),
  cores: 0.5,
  dataSize: Size.gibibytes(50),
  tls: false,
  tlsRequired: false,
  settings: {},
  startupTimeout: Duration.hours(1),
  dataMustExist: false,
};
