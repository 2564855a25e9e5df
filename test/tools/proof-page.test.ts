import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { currentPage } from '../../tools/proof/main';

const PAGE = join(__dirname, '..', '..', 'PROOF.md');

test('PROOF.md is what the files of proof/ say (npm run proof:page), and nothing else', () => {
  expect(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '').toBe(currentPage());
});
