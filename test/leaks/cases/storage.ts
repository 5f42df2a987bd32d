/** Traces that a page's own code leaves for a service. Nothing is asked of anybody. */
import type { Family, LeakCase } from '../leak-case.ts'

const calls = (name: string, code: string, ...leaves: string[]): LeakCase => ({
  name,
  calls: code,
  reaches: [],
  leaves,
})

export const storage: Family = {
  name: 'cookies and storage',
  cases: [
    calls('document.cookie', `document.cookie = 'trk_id=1; path=/; max-age=86400'`, 'cookie trk_id'),
    calls(
      'document.cookie by its setter',
      `Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(document, 'trk_id=1; path=/')`,
      'cookie trk_id',
    ),
    calls(
      'document.cookie with spaces around the name',
      `document.cookie = '  trk_id =1; path=/'`,
      'cookie trk_id',
    ),
    calls(
      'document.cookie for the whole domain',
      `document.cookie = 'trk_id=1; path=/; domain=' + location.hostname`,
      'cookie trk_id',
    ),
    {
      ...calls('cookieStore', `cookieStore.set('trk_id', '1').catch(function () {})`, 'cookie trk_id'),
    },
    {
      ...calls(
        'cookieStore with options',
        `cookieStore.set({ name: 'trk_id', value: '1', path: '/' }).catch(function () {})`,
        'cookie trk_id',
      ),
    },
    calls('localStorage.setItem', `localStorage.setItem('trk_id', '1')`, 'localStorage trk_id'),
    calls('localStorage by a property', `localStorage.trk_id = '1'`, 'localStorage trk_id'),
    calls(
      'localStorage by a property, of code that has kept it',
      `var kept = localStorage; setTimeout(function () { kept.trk_id = '1' })`,
      'localStorage trk_id',
    ),
    calls('localStorage by an index', `localStorage['trk_id'] = '1'`, 'localStorage trk_id'),
    calls(
      'localStorage by defineProperty',
      `Object.defineProperty(localStorage, 'trk_id', { value: '1', configurable: true, enumerable: true, writable: true })`,
      'localStorage trk_id',
    ),
    calls(
      'localStorage by Storage.prototype',
      `Storage.prototype.setItem.call(localStorage, 'trk_id', '1')`,
      'localStorage trk_id',
    ),
    calls(
      'localStorage by Object.assign',
      `Object.assign(localStorage, { trk_id: '1' })`,
      'localStorage trk_id',
    ),
    calls('sessionStorage.setItem', `sessionStorage.setItem('trk_id', '1')`, 'sessionStorage trk_id'),
    calls('sessionStorage by a property', `sessionStorage.trk_id = '1'`, 'sessionStorage trk_id'),
    calls(
      'IndexedDB',
      `indexedDB.open('trk_db', 1).onsuccess = function (e) { e.target.result.close() }`,
      'database trk_db',
    ),
    calls(
      'IndexedDB by its prototype',
      `IDBFactory.prototype.open.call(indexedDB, 'trk_db').onsuccess = function (e) { e.target.result.close() }`,
      'database trk_db',
    ),
    calls('Cache Storage', `caches.open('trk_cache').catch(function () {})`, 'cache trk_cache'),
    calls(
      'a test of what can be kept',
      `try { localStorage.setItem('trk_test', '1'); if (localStorage.getItem('trk_test') === '1') document.cookie = 'trk_ok=1; path=/' } catch (e) {}`,
      'localStorage trk_test',
      'cookie trk_ok',
    ),
  ],
}
