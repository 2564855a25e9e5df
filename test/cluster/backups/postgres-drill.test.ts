import { proveDrill } from './drill';
import { POSTGRES } from './profiles/postgres';

proveDrill(POSTGRES);
