// As much of a server as reconcile.mongodb needs: who may do what, the replica set, the users. Its state is a file, so that it
// outlives the process, and every command that was taken stands in another.
const fs = require('fs');

const ALLOWED_TO_NOBODY = ['hello', 'replSetInitiate', 'replSetReconfig', 'replSetGetStatus', 'createUser'];
const WRITES = ['createUser', 'updateUser', 'replSetInitiate', 'replSetReconfig', 'replSetResizeOplog', 'rotateCertificates'];

class Server {
  constructor(folder) {
    this.file = `${folder}/server.json`;
    this.calls = `${folder}/calls`;
    this.state = { config: null, users: {}, key: '', takesKey: true, fcv: '8.0', oplog: 2560, fails: [], waits: 0, ...this.read() };
  }

  read() { return fs.existsSync(this.file) ? JSON.parse(fs.readFileSync(this.file, 'utf8')) : {}; }
  save() { fs.writeFileSync(this.file, JSON.stringify(this.state, undefined, 1)); }

  wordOf(user, database) {
    if (user === '__system') { return this.state.takesKey ? this.state.key : undefined; }
    return this.state.users[`${database}.${user}`]?.word;
  }

  command(database, command, session) {
    const [name] = Object.keys(command);
    const nobody = session.user === null;
    if (nobody && name !== 'hello' && !(Object.keys(this.state.users).length === 0 && ALLOWED_TO_NOBODY.includes(name))) {
      return { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: `not authorized on ${database} to execute command ${name}` };
    }
    if (this.state.fails.includes(command[name])) { return { ok: 0, code: 2, codeName: 'BadValue', errmsg: `bad: ${JSON.stringify(command)}` }; }
    if (typeof this[name] !== 'function') { return { ok: 0, code: 59, codeName: 'CommandNotFound', errmsg: `no such command: '${name}'` }; }
    const answer = this[name](database, command);
    if (answer.ok === 1 && WRITES.includes(name)) { fs.appendFileSync(this.calls, `${name} ${String(command[name]?._id ?? command[name])} ${session.user}\n`); }
    this.save();
    return answer;
  }

  hello() {
    const { config, waits } = this.state;
    const found = config !== null && config.members[0].host.startsWith(`${process.env.MEMBER_HOST}:`);
    if (!found) { return { ok: 1, isWritablePrimary: false, secondary: false, isreplicaset: true }; }
    if (waits > 0) { this.state.waits -= 1; }
    return { ok: 1, isWritablePrimary: waits === 0, setName: config._id, me: config.members[0].host };
  }

  replSetInitiate(_database, { replSetInitiate }) {
    if (this.state.config !== null) { return { ok: 0, code: 23, codeName: 'AlreadyInitialized', errmsg: 'already initialized' }; }
    this.state.config = { ...replSetInitiate, version: 1 };
    return { ok: 1 };
  }

  replSetGetConfig() { return { ok: 1, config: structuredClone(this.state.config) }; }

  replSetReconfig(_database, { replSetReconfig, force }) {
    if (force !== true || !(replSetReconfig.version > this.state.config.version)) { return { ok: 0, code: 103, errmsg: 'NewReplicaSetConfigurationIncompatible' }; }
    this.state.config = replSetReconfig;
    return { ok: 1 };
  }

  createUser(database, command) {
    const id = `${database}.${command.createUser}`;
    if (this.state.users[id] !== undefined) { return { ok: 0, code: 51003, codeName: 'Location51003', errmsg: `User "${id}" already exists` }; }
    return this.setUser(id, command);
  }

  updateUser(database, command) { return this.setUser(`${database}.${command.updateUser}`, command); }

  setUser(id, { pwd, roles, mechanisms }) {
    this.state.users[id] = { word: pwd, roles: roles.map(({ role, db }) => `${role}@${db}`), mechanisms };
    return { ok: 1 };
  }

  collStats() { return { ok: 1, maxSize: this.state.oplog * 1024 * 1024 }; }
  replSetResizeOplog(_database, { size }) { this.state.oplog = Number(size); return { ok: 1 }; }
  rotateCertificates() { return { ok: 1 }; }
  getParameter() { return { ok: 1, featureCompatibilityVersion: { version: this.state.fcv } }; }
}

module.exports = { Server };
