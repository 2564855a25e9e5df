export { KeyDb } from './keydb';
