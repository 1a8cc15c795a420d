namespace Touchstone.Server.Reload;

/// <summary>Something that is used by requests and freed when its owner and the last request have let go of it.</summary>
/// <param name="value">What is shared.</param>
internal sealed class Counted<T>(T value)
    where T : class, IDisposable
{
    private int _users = 1;

    /// <summary>What is shared.</summary>
    public T Value => value;

    /// <summary>Takes it for one use; false where it is freed already.</summary>
    public bool TryTake()
    {
        for (var users = Volatile.Read(ref _users); users > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users) return true;
            users = seen;
        }

        return false;
    }

    /// <summary>Lets go of it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) value.Dispose();
    }
}
