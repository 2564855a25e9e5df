export { MySqlDatabase, MySqlOptions, MySqlUser } from './options';
export { MySql } from './mysql';
