"""Standing questions: what nearly every request asks the database, each time about somebody or something else."""

from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections


def twin(thing):
    """A second one with the same insides; `copy` takes a long way round."""
    second = object.__new__(type(thing))
    second.__dict__.update(thing.__dict__)
    return second


class Standing:
    """A question of which Django works out the SQL once: that is most of the work of asking for one row.

    `asks(*stand_ins)` gives the queryset for a value of each of these kinds (UUID or str). What it filters by else must
    always be the same. The rows come back as from that queryset.
    """

    def __init__(self, asks, *kinds):
        self.asks, self.kinds, self.worked_out = asks, kinds, None

    def __call__(self, *values):
        queryset, compiler, sql, places = self.worked_out or self._work_out()
        compiler = twin(compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        plain = [self._as_sent(value, compiler.connection) for value in values]
        params = tuple(plain[place] if place is not None else fixed for place, fixed in places)
        compiler.as_sql = lambda *args, **kwargs: (sql, params)
        query = twin(queryset.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        # As after asking any queryset: whole rows, with what was selected along.
        return list(queryset._iterable_class(queryset.__class__(queryset.model, query)))

    def one(self, *values):
        """The one row, or None."""
        return next(iter(self(*values)), None)

    def _work_out(self):
        stand_ins = [uuid4() if kind is UUID else uuid4().hex for kind in self.kinds]
        queryset = self.asks(*stand_ins)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda expressions: converters
        sent = [self._as_sent(value, compiler.connection) for value in stand_ins]
        places = [(sent.index(param), None) if param in sent else (None, param) for param in params]
        assert {place for place, _ in places} >= set(range(len(sent))), "a value is not in the question"
        self.worked_out = queryset, compiler, sql, places
        return self.worked_out

    @staticmethod
    def _as_sent(value, connection):
        kept_as_text = isinstance(value, UUID) and not connection.features.has_native_uuid_field
        return value.hex if kept_as_text else value
