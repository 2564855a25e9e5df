export { MongoDb } from './mongodb';
export { MongoDbOptions, MongoDbUser } from './options';
export { MongoDbRole } from './role';
