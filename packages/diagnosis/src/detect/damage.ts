import type { Detector } from "../investigation.ts";

export const detectDamage: Detector = () => {};
