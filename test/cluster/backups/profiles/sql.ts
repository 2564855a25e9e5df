import { Size } from 'cdk8s';
import { Cpu, IEngine, MariaDb, MySql } from 'cdk8s-stateful';
import { imageOf } from '../../engines/profile';
import type { DrillProfile } from '../drill';
import type { FailureProfile } from '../failures';

/** What tells the two products apart. */
interface Product {
  readonly engine: IEngine;
  readonly image: string;
  readonly title: string;
  /** With what makes it the superuser, over the socket. */
  readonly client: string;
  readonly server: string;
  readonly dump: string;
  readonly otherImage: string;
}

const SOCKET = '/var/run/mysqld/mysqld.sock';

function sql(product: Product): FailureProfile & DrillProfile {
  const { client, dump, engine, image, otherImage, server, title } = product;
  const run = (text: string): string[] => ['bash', '-c', `${client} -S ${SOCKET} --batch --skip-column-names app <<< "SET @amount = \${1:-0}; $0"`, text];
  return {
    engine, image, otherImage,
    version: [server, '--version'],
    process: server,
    dumpProcess: dump,
    fill: run(`CREATE TABLE orders (id INT PRIMARY KEY AUTO_INCREMENT, note TEXT NOT NULL, b VARBINARY(64)) ENGINE=InnoDB;
      CREATE TABLE \`it's \\"odd\\" ä\` (a INT PRIMARY KEY) ENGINE=InnoDB;
      CREATE VIEW recent AS SELECT * FROM orders WHERE id > 2500;
      CREATE TRIGGER stamp BEFORE INSERT ON orders FOR EACH ROW SET NEW.b = UNHEX(SHA2(NEW.note, 256));
      INSERT INTO orders (note) WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT CONCAT('note ', a.i, ' ', b.i) FROM n AS a, (SELECT i FROM n WHERE i <= 5) AS b;
      INSERT INTO \`it's \\"odd\\" ä\` VALUES (1), (2), (3);`),
    grow: run(`INSERT INTO orders (note) WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        SELECT CONCAT(RPAD('', 900, SHA2(CONCAT(a.i, ' ', b.i), 512)), a.i) FROM n AS a, n AS b WHERE b.i <= @amount;`),
    large: { amount: '250', amountIs: `250 MB in ${title}` },
    small: { amount: '120', amountIs: `120 MB in ${title}` },
    fingerprint: run(`CHECKSUM TABLE orders, \`it's \\"odd\\" ä\`; SELECT COUNT(*), SUM(CRC32(note)), SUM(CRC32(HEX(b))) FROM orders; SELECT COUNT(*) FROM recent;
      SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'app'; SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'app' ORDER BY 1;`),
    empty: run('DROP VIEW recent; DROP TABLE orders, `it\'s \\"odd\\" ä`;'),
    // The role may read all of it, and nothing of another engine than InnoDB is dumped in one transaction.
    forbid: run('CREATE TABLE elsewhere (a INT) ENGINE=MyISAM;'),
    allow: run('DROP TABLE elsewhere;'),
    enough: '120',
    trueOfFilled: 'SELECT COUNT(*) = 5000 FROM orders',
    falseOfFilled: 'SELECT COUNT(*) > 5000 FROM orders',
    props: { resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) } },
  };
}

export const MARIADB = sql({
  engine: MariaDb.v118(), image: imageOf('mariadb', 'docker.io/library/mariadb:11.8'), title: 'MariaDB', client: 'mariadb --no-defaults', server: 'mariadbd', dump: 'mariadb-dump',
  otherImage: imageOf('mysql', 'docker.io/library/mysql:9.7'),
});

export const MYSQL = sql({
  engine: MySql.v97(), image: imageOf('mysql', 'docker.io/library/mysql:9.7'), title: 'MySQL', client: 'mysql --no-defaults -u root', server: 'mysqld', dump: 'mysqldump',
  otherImage: imageOf('mariadb', 'docker.io/library/mariadb:11.8'),
});
