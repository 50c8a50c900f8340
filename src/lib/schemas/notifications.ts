import * as v from 'valibot';
import { id } from './fields.ts';

export const openNotification = v.object({ id });
