export { AccessMode } from './access-mode';
export { DatabaseStorageClass, DatabaseStorageClassProps } from './database-storage-class';
export { GitOps } from './gitops';
export { DeleteDataOptions, OnDelete } from './on-delete';
export { StorageProps, WalProps } from './props';
export { EbsGp3Options, Provisioner } from './provisioner';
export { IStorageClass, StorageClassRef } from './storage-class-ref';
