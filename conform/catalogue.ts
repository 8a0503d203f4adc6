/** Every campaign there is. */
import { chainCampaigns } from './chain/campaigns.js';
import type { AnyEntry } from './entry.js';

export const catalogue: readonly AnyEntry[] = [...chainCampaigns];

/** The campaign of an entry, under its name. */
export const campaignOf = (entry: AnyEntry, n: number) => ({ name: entry.name, ...entry.campaign(n) });
