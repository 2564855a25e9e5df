import { proveDrill } from './drill';
import { MARIADB } from './profiles/sql';

proveDrill(MARIADB);
