using System;
using System.Collections.Generic;

namespace SqliteAnalyzers.Sql;

/// <summary>Finds the word that was probably meant.</summary>
internal static class NearestWord
{
    private const int LongestWord = 64;

    /// <summary>
    /// The candidate that is reached with the fewest letters added, dropped, replaced or swapped, if these are few for its length;
    /// else one that the word begins or that begins with it. Null if none is near. The first of equals wins.
    /// </summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        string? best = null;
        string? byBeginning = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance && distance <= MaxDistance(candidate.Length))
            {
                (best, bestDistance) = (candidate, distance);
            }

            if (Math.Min(word.Length, candidate.Length) >= 3
                && (candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) || word.StartsWith(candidate, StringComparison.OrdinalIgnoreCase)))
            {
                byBeginning ??= candidate;
            }
        }

        return best ?? byBeginning;
    }

    private static int MaxDistance(int length) => length <= 2 ? 0 : length <= 5 ? 1 : length <= 9 ? 2 : 3;

    /// <summary>The edit distance of Damerau and Levenshtein, in which two neighbours are swapped at most once.</summary>
    private static int Distance(string from, string to)
    {
        var beforePrevious = new int[to.Length + 1];
        var previous = new int[to.Length + 1];
        var current = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var distance = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), replaced);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    distance = Math.Min(distance, beforePrevious[j - 2] + 1);
                }

                current[j] = distance;
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[to.Length];
    }
}
