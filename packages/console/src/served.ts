/** Over http the rest of the console is beside this page; a file stands alone. */
export const SERVED: boolean = /^https?:$/.test(location.protocol);
