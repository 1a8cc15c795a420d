using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Touchstone.Tests")]
[assembly: InternalsVisibleTo("Touchstone.Benchmarks")]
