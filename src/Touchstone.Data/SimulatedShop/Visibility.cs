using System.Runtime.CompilerServices;

// The tests hold propensities and process against enumeration and frequencies.
[assembly: InternalsVisibleTo("Touchstone.Tests")]
