import { expect, test } from 'vitest';
import {
  coversHost,
  parseDestination,
  parseGrantDestination,
} from '../../../src/main/gate/destination.ts';

test('only encrypted addresses, or this computer', () => {
  expect(parseDestination('https://API.Example.com/v1')).toMatchObject({
    host: 'api.example.com',
    isLoopback: false,
  });
  for (const local of [
    'http://127.0.0.1:8000/v1',
    'http://localhost:1/v1',
    'http://[::1]:1/',
    'http://127.1.2.3/',
  ])
    expect(parseDestination(local).isLoopback).toBe(true);
  for (const plain of [
    'http://api.example.com/v1',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'ftp://127.0.0.1/',
    'https://user:secret@api.example.com/',
  ])
    expect(() => parseDestination(plain), plain).toThrow(/encrypted|password/);
  expect(() => parseDestination('api.example.com')).toThrow(/is not an address/);
});

test('a grant covers its host, on its port when it names one', () => {
  expect(parseGrantDestination(' https://API.example.com/v1 ')).toBe('api.example.com');
  expect(parseGrantDestination('127.0.0.1:8000')).toBe('127.0.0.1:8000');
  expect(parseGrantDestination('*')).toBe('*');
  for (const wrong of ['', '*.example.com', 'a b'])
    expect(() => parseGrantDestination(wrong), wrong).toThrow(/is not a destination/);
  expect(coversHost('*', 'x')).toBe(true);
  expect(coversHost('127.0.0.1', '127.0.0.1:8000')).toBe(true);
  expect(coversHost('127.0.0.1:8000', '127.0.0.1:8001')).toBe(false);
  expect(coversHost('127.0.0.1:8000', '127.0.0.1')).toBe(false);
  expect(coversHost('example.com', 'api.example.com')).toBe(false);
  const own = parseGrantDestination('api.example.com:443');
  expect(coversHost(own, parseDestination('https://api.example.com/v1').host)).toBe(true);
  expect(coversHost(own, parseDestination('https://api.example.com:8443/v1').host)).toBe(false);
});
