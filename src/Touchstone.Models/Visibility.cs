using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Touchstone.Tests")]
