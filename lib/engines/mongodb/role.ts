/** What a user may do in a database. */
export class MongoDbRole {
  /** Reads and writes, with the collections and indexes: what an application needs. */
  public static readWrite(database: string): MongoDbRole { return new MongoDbRole('readWrite', database); }
  /** Reads. */
  public static read(database: string): MongoDbRole { return new MongoDbRole('read', database); }
  /** Everything in the database, its users included. */
  public static owner(database: string): MongoDbRole { return new MongoDbRole('dbOwner', database); }
  /** Another role by its name: `clusterMonitor` of `admin`, or one that you made. */
  public static named(role: string, database: string): MongoDbRole { return new MongoDbRole(role, database); }

  private constructor(
    /** The role's name. */
    public readonly role: string,
    /** The database that it belongs to. */
    public readonly database: string,
  ) {}
}
