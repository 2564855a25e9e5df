export { QuestDb } from './questdb';
