#!/usr/bin/env bash
# The client of Cassandra: write KEY VALUE, read KEY, load FILE, list. See profile.ts. By the driver that cqlsh brings along.
set -Eeuo pipefail

export PYTHONPATH=${CASSANDRA_HOME:-/opt/cassandra}/pylib PYTHONDONTWRITEBYTECODE=1
exec python3 -W ignore - "$@" <<'PYTHON'
import glob
import logging
import os
import sys
import time

sys.path[:0] = glob.glob('/opt/cassandra/lib/cassandra-driver-internal-only-*.zip/cassandra-driver-*')
from cassandra import ConsistencyLevel
from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import Cluster, ExecutionProfile, EXEC_PROFILE_DEFAULT
from cassandra.policies import FallthroughRetryPolicy

logging.disable(logging.CRITICAL)
host = os.environ['HOST']


def connect():
    with open(os.environ['PASSWORD_FILE']) as file:
        provider = PlainTextAuthProvider(os.environ['USERNAME'], file.read().strip())
    # No statement is sent twice: what is not acknowledged stays unknown.
    profile = ExecutionProfile(request_timeout=20, retry_policy=FallthroughRetryPolicy(), consistency_level=ConsistencyLevel.ONE)
    cluster = Cluster([host], port=int(os.environ['PORT']), auth_provider=provider, protocol_version=4, connect_timeout=20, control_connection_timeout=20,
                      execution_profiles={EXEC_PROFILE_DEFAULT: profile}, schema_metadata_enabled=False, token_metadata_enabled=False)
    return cluster, cluster.connect(os.environ['DATABASE'])


def tables(session):
    for table in ['pairs (key text PRIMARY KEY, value text)', 'numbers (number bigint PRIMARY KEY)']:
        session.execute(f'CREATE TABLE IF NOT EXISTS {table}')


def load(file):
    number, made = 0, False
    while not os.path.exists(f'{file}.stop'):
        cluster = None
        try:
            cluster, session = connect()
            if not made:
                tables(session)
                made = True
            insert = session.prepare('INSERT INTO numbers (number) VALUES (?)')
            while not os.path.exists(f'{file}.stop'):
                waiting = []
                # As many sessions that each wait for their own acknowledgement: the log's flush is shared by those that wait.
                for _ in range(96):
                    number += 1
                    waiting.append((number, session.execute_async(insert, [number])))
                failed = None
                for each, future in waiting:
                    try:
                        future.result()
                        with open(file, 'a') as acknowledged:
                            acknowledged.write(f'{time.time():.6f} {each}\n')
                    except Exception as error:
                        failed = error
                if failed is not None:
                    raise failed
        except Exception as error:
            print(f'{type(error).__name__}: {error}', file=sys.stderr, flush=True)
            time.sleep(0.2)
        finally:
            if cluster is not None:
                cluster.shutdown()


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == 'load':
        load(arguments[0])
        return
    cluster, session = connect()
    if command == 'write':
        tables(session)
        session.execute('INSERT INTO pairs (key, value) VALUES (%s, %s)', arguments)
    elif command == 'read':
        print(session.execute('SELECT value FROM pairs WHERE key = %s', arguments).one().value)
    else:
        for row in session.execute('SELECT number FROM numbers'):
            print(row.number)
    cluster.shutdown()


main()
PYTHON
