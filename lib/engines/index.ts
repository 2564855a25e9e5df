export * from './mariadb';
export * from './mysql';
export * from './postgres';
