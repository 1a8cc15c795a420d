namespace Touchstone.Domain;

/// <summary>
/// One growing place for facts of one kind that one writer owns. Rows are acknowledged by <see cref="Commit"/>, all since the last one
/// together; disposing it closes the place for good. Not safe from several threads.
/// </summary>
/// <typeparam name="T">The fact.</typeparam>
public interface IFactAppender<in T> : IDisposable
{
    /// <summary>Rows so far, those not yet committed too.</summary>
    long RowCount { get; }

    /// <summary>Appends one row; it is safe only after <see cref="Commit"/>.</summary>
    /// <exception cref="ArgumentException">A value that cannot be stored.</exception>
    /// <exception cref="IOException">The place cannot be written.</exception>
    void Append(T row);

    /// <summary>Makes all rows so far durable.</summary>
    /// <exception cref="IOException">The place cannot be written; the rows since the last commit are not acknowledged.</exception>
    void Commit();

    /// <summary>Closes the place as it is, without commit or seal.</summary>
    void Abandon();
}
