// What the workspace's pages can do beyond forms that are sent and answered. Every page is complete without it.
import { keep_forms } from "./work/keep";
import { make_keypads } from "./work/keypad";
import { shrink_pictures } from "./work/pictures";
import { offer_shortcuts } from "./work/shortcuts";

keep_forms();
make_keypads();
shrink_pictures();
new MutationObserver(make_keypads).observe(document.body, { childList: true });
offer_shortcuts();
