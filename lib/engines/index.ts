export * from './elasticsearch';
export * from './opensearch';
export * from './postgres';
