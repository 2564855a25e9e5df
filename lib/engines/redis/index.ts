export { Redis } from './redis';
