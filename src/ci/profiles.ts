/** How much time there is for a run, by name: apart from the config, so that to know the names takes no time. */

/** The profiles that a config may set. @public */
export const profileNames = ['pr', 'nightly', 'soak'] as const;

/** The name of a profile. @public */
export type ProfileName = (typeof profileNames)[number];
