export { MariaDb } from './mariadb';
export { MariaDbAuthentication, MariaDbOptions } from './options';
