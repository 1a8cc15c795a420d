namespace Touchstone.Domain;

/// <summary>
/// A place for one kind of fact that only grows. A batch appears whole or not at all, keeps its rows' order, and can be read by any
/// number of readers while others append.
/// </summary>
/// <typeparam name="T">The fact: <see cref="Interaction"/>, <see cref="Product"/>, <see cref="Exposure"/>, …</typeparam>
public interface IFactStore<T>
{
    /// <summary>Names of the batches, ascending by ordinal UTF-8.</summary>
    Task<IReadOnlyList<string>> ListBatchesAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a batch: durable, and seen by readers, once the task has ended.</summary>
    /// <param name="batch">A new name of letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="rows">The rows, in the order to keep.</param>
    /// <param name="cancellationToken">Ends the work; then nothing of the batch stays.</param>
    /// <returns>How many rows were stored.</returns>
    /// <exception cref="ArgumentException">A name that is taken or not one.</exception>
    /// <exception cref="IOException">The store cannot be written (full disk, no permission); nothing of the batch stays.</exception>
    Task<long> AppendBatchAsync(string batch, IEnumerable<T> rows, CancellationToken cancellationToken = default);

    /// <summary>Rows of the named batches in the order of their names, by default of all; within a batch in the order they were given.</summary>
    /// <exception cref="ArgumentException">A batch that is not there (names it).</exception>
    /// <exception cref="IOException">The store cannot be read, or is damaged (says where).</exception>
    IAsyncEnumerable<T> ReadAsync(IReadOnlyCollection<string>? batches = null, CancellationToken cancellationToken = default);
}
