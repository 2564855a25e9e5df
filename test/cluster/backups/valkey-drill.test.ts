import { proveDrill } from './drill';
import { VALKEY } from './profiles/key-value';

proveDrill(VALKEY);
