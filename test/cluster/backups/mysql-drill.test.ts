import { proveDrill } from './drill';
import { MYSQL } from './profiles/sql';

proveDrill(MYSQL);
