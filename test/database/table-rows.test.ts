import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { readSqliteRows } from '../../src/database/sqlite-rows.ts'
import { createRowsChecksum, type RowValue } from '../../src/database/table-rows.ts'

function checksumOf(...rows: (readonly RowValue[])[]): string {
  const checksum = createRowsChecksum()
  for (const row of rows) checksum.add(row)
  assert.equal(checksum.count(), rows.length)
  return checksum.digest()
}

describe('the checksum of rows', () => {
  it('is the same in any order, and for bytes of any kind', () => {
    assert.equal(checksumOf([1, 'a'], [2, 'b']), checksumOf([2, 'b'], [1, 'a']))
    assert.equal(checksumOf([Buffer.from('ab')]), checksumOf([new Uint8Array([0x61, 0x62])]))
    assert.match(checksumOf(), /^0{64}$/)
  })

  const others: [what: string, one: RowValue[][], other: RowValue[][]][] = [
    ['a number and a text', [[1]], [['1']]],
    ['null and an empty text', [[null]], [['']]],
    ['bytes and their hexadecimal', [[new Uint8Array([0x61])]], [['61']]],
    ['values in other columns', [['a', 'b']], [['b', 'a']]],
    ['a row that is there twice', [['a'], ['a']], [['a']]],
    ['where a value ends', [['ab', 'c']], [['a', 'bc']]],
    [
      'values of other rows',
      [
        [1, 'a'],
        [2, 'b'],
      ],
      [
        [1, 'b'],
        [2, 'a'],
      ],
    ],
  ]
  for (const [what, one, other] of others) {
    it(`tells ${what} apart`, () => {
      assert.notEqual(checksumOf(...one), checksumOf(...other))
    })
  }
})

describe('the rows of a SQLite file', () => {
  it('are told by table, those that others refer to first, with the highest number that was given', () => {
    const connection = new DatabaseSync(':memory:')
    connection.exec(`
      CREATE TABLE a (b INTEGER REFERENCES b (id), bytes BLOB);
      CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, c TEXT REFERENCES c (name));
      CREATE TABLE c (name TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE INDEX names ON b (c);
      INSERT INTO c VALUES ('x');
      INSERT INTO b (c) VALUES ('x'), (NULL), ('x');
      INSERT INTO a VALUES (1, x'00ff');
      DELETE FROM b WHERE id = 3;
    `)
    const tables = readSqliteRows(connection).map(({ rows, ...table }) => ({
      ...table,
      rows: [...rows],
    }))
    assert.deepEqual(tables, [
      { table: 'c', columns: ['name'], lastNumber: 0, rows: [['x']] },
      {
        table: 'b',
        columns: ['id', 'c'],
        lastNumber: 3,
        rows: [
          [1, 'x'],
          [2, null],
        ],
      },
      { table: 'a', columns: ['b', 'bytes'], lastNumber: 0, rows: [[1, new Uint8Array([0, 255])]] },
    ])
    connection.close()
  })
})
