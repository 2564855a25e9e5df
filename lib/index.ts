export * from './backup';
export * from './core';
export * from './engines';
export * from './networking';
export * from './scheduling';
export * from './security';
export * from './storage';
export * from './topologies';
