// Jest loads a reporter as it is, so TypeScript is made readable to it here.
require('ts-node').register({ transpileOnly: true, skipProject: true, compilerOptions: { module: 'commonjs', target: 'es2022', esModuleInterop: true } });

module.exports = require('./harness/reporter').Reporter;
