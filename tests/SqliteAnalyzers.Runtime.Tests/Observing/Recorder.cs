#if !NETSTANDARD_BUILD
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Listens to everything the library tells about one database.</summary>
internal sealed class Recorder : IDisposable
{
    private const string Source = "SqliteAnalyzers.Runtime";

    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measurements = new();
    private readonly ConcurrentQueue<Activity> _ended = new();

    public Recorder(string database, Action? heard = null)
    {
        Database = database;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Source)
            {
                Units[instrument.Name] = instrument.Unit;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags, heard));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags, heard));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => Hear(activity, ended: false, heard),
            ActivityStopped = activity => Hear(activity, ended: true, heard),
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public string Database { get; }

    public ConcurrentDictionary<string, string?> Units { get; } = new();

    public List<Activity> Activities => [.. _ended];

    public void Observe() => _meters.RecordObservableInstruments();

    public List<(double Value, Dictionary<string, object?> Tags)> Of(string name) => [.. _measurements.Where(m => m.Name == name).Select(m => (m.Value, m.Tags))];

    public double Sum(string name) => Of(name).Sum(m => m.Value);

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, Action? heard)
    {
        var all = new Dictionary<string, object?>(tags.ToArray());
        if (all.TryGetValue("db.namespace", out var database) && database as string == Database)
        {
            _measurements.Enqueue((instrument.Name, value, all));
            heard?.Invoke();
        }
    }

    private void Hear(Activity activity, bool ended, Action? heard)
    {
        if (activity.GetTagItem("db.namespace") as string == Database)
        {
            if (ended)
            {
                _ended.Enqueue(activity);
            }

            heard?.Invoke();
        }
    }
}
#endif
