import { afterAll } from 'vitest';
import { killLeftOvers } from './gatewright.ts';

afterAll(killLeftOvers);
