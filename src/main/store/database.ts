import Sqlite from 'better-sqlite3';

/** A connection to one project file. Only files in this folder may touch it. */
export type Database = InstanceType<typeof Sqlite>;

export { Sqlite };
