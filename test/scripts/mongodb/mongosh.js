// Runs a file as mongosh does, as far as reconcile.mongodb asks for it: connect, auth, runCommand, which throws what the server refuses.
const fs = require('fs');
const vm = require('vm');
const { Server } = require('./server.js');

const [, , folder, file] = process.argv;
const server = new Server(folder);

function failure(answer) { return Object.assign(new Error(answer.errmsg), { code: answer.code, codeName: answer.codeName }); }

function databaseOf(name, session) {
  return {
    getSiblingDB: other => databaseOf(other, session),
    runCommand: command => {
      const answer = server.command(name, command, session);
      if (answer.ok !== 1) { throw failure(answer); }
      return answer;
    },
    auth: ({ user, pwd, mechanism }) => {
      if (mechanism !== 'SCRAM-SHA-256' || pwd === undefined || server.wordOf(user, name) !== pwd) {
        throw failure({ errmsg: 'Authentication failed.', code: 18, codeName: 'AuthenticationFailed' });
      }
      session.user = user;
    },
  };
}

Object.assign(globalThis, {
  connect: uri => {
    fs.appendFileSync(`${folder}/uris`, `${uri}\n`);
    return databaseOf(/^mongodb:\/\/127\.0\.0\.1:\d+\/(\w+)\?/.exec(uri)[1], { user: null });
  },
  disableTelemetry: () => 'Telemetry is now disabled.',
  Double: Number,
  print: text => { process.stdout.write(`${text}\n`); },
  quit: code => { process.exit(code); },
  require,
  sleep: () => undefined,
});
vm.runInThisContext(fs.readFileSync(file, 'utf8'), { filename: file });
