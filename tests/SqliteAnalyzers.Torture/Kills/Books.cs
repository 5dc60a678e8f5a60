namespace SqliteAnalyzers.Torture;

/// <summary>What the processes that work on one database have said about it: what must be there, and what must or may be gone.</summary>
internal sealed class Books
{
    private readonly Dictionary<int, Account> _byAuthor = new() { [KilledWriter.Author] = default, [Rival.Author] = default };

    public void Committed(int author, long upTo) => Change(author, a => a with { Committed = Math.Max(a.Committed, upTo) });

    public void Deleting(int author, long upTo) => Change(author, a => a with { DeletionBegun = Math.Max(a.DeletionBegun, upTo) });

    public void Deleted(int author, long upTo) => Change(author, a => a with { DeletionEnded = Math.Max(a.DeletionEnded, upTo) });

    /// <summary>What was said up to now.</summary>
    public IReadOnlyDictionary<int, Account> Copy()
    {
        lock (_byAuthor)
        {
            return new Dictionary<int, Account>(_byAuthor);
        }
    }

    /// <summary>Compares a database with what had been said before somebody looked at it.</summary>
    public static IEnumerable<string> Missing(IReadOnlyDictionary<int, Account> before, UnitsFound found)
    {
        foreach (var (author, account) in before)
        {
            if (found.Last(author) < account.Committed)
            {
                yield return $"author {author}: units up to {account.Committed} were acknowledged, and {found.Last(author)} is the last one there";
            }

            if (found.LastDeleted(author) < account.DeletionEnded)
            {
                yield return $"author {author}: the deletion up to {account.DeletionEnded} was acknowledged, and {found.LastDeleted(author) + 1} is still there";
            }
        }
    }

    /// <summary>Compares a database with what has been announced by now.</summary>
    public IEnumerable<string> DeletedUnasked(UnitsFound found)
    {
        foreach (var (author, account) in Copy())
        {
            if (found.LastDeleted(author) > account.DeletionBegun)
            {
                yield return $"author {author}: units up to {found.LastDeleted(author)} are gone, and only those up to {account.DeletionBegun} were to be deleted";
            }
        }
    }

    /// <summary>What somebody has seen must stay.</summary>
    public void Saw(UnitsFound found)
    {
        foreach (var author in found.ByAuthor.Keys)
        {
            Committed(author, found.Last(author));
            Deleted(author, found.LastDeleted(author));
        }
    }

    private void Change(int author, Func<Account, Account> change)
    {
        lock (_byAuthor)
        {
            _byAuthor[author] = change(_byAuthor[author]);
        }
    }

    /// <summary>The numbers of the last units of an author whose commit was acknowledged, whose deletion was announced, and acknowledged.</summary>
    public readonly record struct Account(long Committed, long DeletionBegun, long DeletionEnded);
}
