/** The simulate room: a system runs unpacked, for behaviours so large that hardly a state comes twice. */
export type { Taken } from './attempts.js';
export { type Discovery, SimulationCampaign, type SimulationCampaignOptions } from './campaign.js';
export { Simulation, type SimulationOptions } from './simulation.js';
export { Watching } from './watching.js';
