/** Every campaign there is. */
import { chainCampaigns } from './chain/campaigns.js';
import { dhtCampaigns } from './dht/campaigns.js';
import type { AnyEntry } from './entry.js';
import { trackerCampaigns } from './tracker/campaigns.js';

export const catalogue: readonly AnyEntry[] = [...chainCampaigns, ...dhtCampaigns, ...trackerCampaigns];

/** The campaign of an entry, under its name. */
export const campaignOf = (entry: AnyEntry, n: number) => ({ name: entry.name, ...entry.campaign(n) });
