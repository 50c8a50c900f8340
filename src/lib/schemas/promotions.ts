import * as v from 'valibot';
import { ids, wholeNumber } from './fields.ts';

export const setProgramme = v.object({ months: wholeNumber(1, 36), courseIds: ids });
