using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>
/// A call may leave several states behind. Each is followed to the end of the block: the block is evaluated once more for each,
/// with the choices made in turn.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>Evaluations of one block on one state.</summary>
    private const int MaxRuns = 6;

    /// <summary>The choices made, each with the number of calls that had been put together with their summaries by then.</summary>
    private readonly List<(int Taken, int Count, int Calls)> _choices = [];

    /// <summary>What these calls left behind: up to the choice that is another one now, they do so again.</summary>
    private readonly List<Disjuncts?> _calls = [];
    private int _nextChoice;
    private int _nextCall;
    private int _runs = MaxRuns;

    /// <summary>Begins to evaluate a block on one state.</summary>
    public void StartChoices()
    {
        _choices.Clear();
        _calls.Clear();
        (_nextChoice, _nextCall, _runs) = (0, 0, IsCollapsing ? MaxRuns : 1);
    }

    /// <summary>Whether the block is to be evaluated once more, with other choices.</summary>
    public bool NextChoices()
    {
        while (_choices.Count > 0 && _choices[_choices.Count - 1] is var (taken, count, _) && taken + 1 == count)
        {
            _choices.RemoveAt(_choices.Count - 1);
        }

        if (_choices.Count == 0)
        {
            return false;
        }

        var (last, of, calls) = _choices[_choices.Count - 1];
        _choices[_choices.Count - 1] = (last + 1, of, calls);
        _calls.RemoveRange(calls, _calls.Count - calls);
        (_nextChoice, _nextCall, _runs) = (0, 0, _runs + 1);
        return true;
    }

    /// <summary>The number of the next call of the block, and what it left behind when other choices followed it; null if that is not known.</summary>
    private (int Number, Disjuncts? After) NextCall()
    {
        var number = _nextCall++;
        if (number == _calls.Count)
        {
            _calls.Add(null);
        }

        return (number, _calls[number]);
    }

    /// <summary>The state to go on with.</summary>
    private State Choose(Disjuncts states)
    {
        if (states.States.Length == 1)
        {
            return states.States[0];
        }

        if (_nextChoice < _choices.Count)
        {
            var (taken, count, _) = _choices[_nextChoice++];
            return taken < states.States.Length && count == states.States.Length ? states.States[taken] : states.Collapse().States[0];
        }

        if (_runs + _choices.Sum(choice => choice.Count - choice.Taken - 1) + states.States.Length - 1 > MaxRuns)
        {
            return states.Collapse().States[0];
        }

        _choices.Add((0, states.States.Length, _calls.Count));
        _nextChoice++;
        return states.States[0];
    }
}
