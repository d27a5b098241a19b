import type { Detector } from "../investigation.ts";

export const detectScope: Detector = () => {};
