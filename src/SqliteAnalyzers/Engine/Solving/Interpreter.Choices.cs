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

    private readonly List<(int Taken, int Count)> _choices = [];
    private int _nextChoice;
    private int _runs = MaxRuns;

    /// <summary>Begins to evaluate a block on one state.</summary>
    public void StartChoices()
    {
        _choices.Clear();
        (_nextChoice, _runs) = (0, 1);
    }

    /// <summary>Whether the block is to be evaluated once more, with other choices.</summary>
    public bool NextChoices()
    {
        while (_choices.Count > 0 && _choices[_choices.Count - 1] is var (taken, count) && taken + 1 == count)
        {
            _choices.RemoveAt(_choices.Count - 1);
        }

        if (_choices.Count == 0)
        {
            return false;
        }

        _choices[_choices.Count - 1] = (_choices[_choices.Count - 1].Taken + 1, _choices[_choices.Count - 1].Count);
        (_nextChoice, _runs) = (0, _runs + 1);
        return true;
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
            var (taken, count) = _choices[_nextChoice++];
            return taken < states.States.Length && count == states.States.Length ? states.States[taken] : states.Collapse().States[0];
        }

        if (_runs + _choices.Sum(choice => choice.Count - choice.Taken - 1) + states.States.Length - 1 > MaxRuns)
        {
            return states.Collapse().States[0];
        }

        _choices.Add((0, states.States.Length));
        _nextChoice++;
        return states.States[0];
    }
}
