// What stands in the head instead of site.ts where somebody is signed in: the same and more, in one file.
import "./site";
import "./work/space";
