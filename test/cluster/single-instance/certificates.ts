import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from '../harness/kubectl';

/** A certificate that vouches for itself, and its key, in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate with a key and a serial number of its own. */
export async function newCertificate(host: string): Promise<Certificate> {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  try {
    const options = ['-nodes', '-days', '2', '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    const { code, stderr } = await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...options, '-keyout', key, '-out', certificate]);
    if (code !== 0) { throw new Error(`openssl: ${stderr}`); }
    return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
