import type { Detector } from "../investigation.ts";

export const detectRevocation: Detector = () => {};
