/** Checked machines that live: what a service is. The services themselves are in `services`, beside the models. */
export { type Service, type ServiceOption, type ServiceWishes, type Stage, untilStopped } from './service.js';
